"""The live hub: it reads the log and writes frames to sockets."""
