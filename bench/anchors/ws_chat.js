// Node's most used websocket library, one room: each message is framed by the library for each member, as its README shows.
const { WebSocketServer, WebSocket } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });

server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const text = data.toString();
    for (const member of server.clients) {
      if (member.readyState === WebSocket.OPEN) member.send(text);
    }
  });
});
