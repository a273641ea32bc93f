"""The servers to compare with: the Channels tutorial chat, Node ws, Socket.IO 4, and the raw limit in Python."""
