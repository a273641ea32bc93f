"""What one machine needs to run everything by itself: private servers, the demo, test set-up, catalogues, a browser."""
