/** The client: connects, sends a request, waits for its reply, sends it again if there is none. */
module udp.client {
    requires transitive udp.api;

    exports udp.client;

    provides udp.api.spi.TransportProvider with
            udp.client.ChannelClientProvider,
            udp.client.SocketClientProvider;
}
