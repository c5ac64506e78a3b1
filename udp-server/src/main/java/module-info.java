/** The server: binds, receives, processes, sends the answer back. */
module udp.server {
    requires java.management;
    requires transitive udp.api;

    exports udp.server;

    provides udp.api.spi.TransportProvider with
            udp.server.ChannelServerProvider,
            udp.server.SocketServerProvider;
    provides udp.api.spi.NamedProcessor with
            udp.server.UpperProcessor,
            udp.server.EchoProcessor,
            udp.server.DiscardProcessor,
            udp.server.ReverseProcessor,
            udp.server.TimeProcessor;
}
