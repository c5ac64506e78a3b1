package udp.internal.trace;

/**
 * The methods of Java that make the socket calls of a provider. The providers of this project call the JDK. Of any other
 * provider only the methods of this project's interfaces are known.
 */
record JavaNames(String provider) {
    String of(Call call) {
        return switch (provider) {
            case "channel" ->
                switch (call) {
                    case SOCKET -> "DatagramChannel.open";
                    case TIME_OUT -> "DatagramSocket.receive"; // Only the channel's socket has a time limit.
                    default -> "DatagramChannel." + method(call);
                };
            case "socket" -> call == Call.SOCKET ? "DatagramChannel.socket" : "DatagramSocket." + method(call);
            default ->
                switch (call) {
                    case SOCKET, BIND, CONNECT -> "TransportProvider.open";
                    default -> "Transport." + method(call);
                };
        };
    }

    private static String method(Call call) {
        return switch (call) {
            case BIND -> "bind";
            case CONNECT -> "connect";
            case SENDTO -> "send";
            case RECVFROM, TIME_OUT -> "receive";
            default -> "close";
        };
    }
}
