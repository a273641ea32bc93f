"""What researchers get: one ZIP made from one consistent view of the database, with consent read at that moment."""
