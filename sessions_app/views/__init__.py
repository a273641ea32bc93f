"""Views: fetch through access, bind a form, call one operation, show the result."""
