/** The server: binds, receives, processes, replies. */
module udp.server {
    requires java.management;
    requires transitive udp.api;

    exports udp.server;
    exports udp.server.statistics;

    provides udp.api.spi.TransportProvider with
            udp.server.ChannelServerProvider,
            udp.server.SocketServerProvider;
    provides udp.api.spi.NamedProcessor with
            udp.server.processor.UpperProcessor,
            udp.server.processor.EchoProcessor,
            udp.server.processor.DiscardProcessor,
            udp.server.processor.ReverseProcessor,
            udp.server.processor.TimeProcessor;
}
