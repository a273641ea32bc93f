// The chat of Socket.IO's tutorial: every message goes to everybody.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { perMessageDeflate: false });

io.on("connection", (socket) => {
  socket.on("chat message", (text) => io.emit("chat message", text));
});

http.listen(Number(process.argv[2]), "127.0.0.1");
