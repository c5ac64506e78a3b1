package udp.internal.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.internal.text.Printable;

/** The look-up of a name within a time limit. The system's own limit may be much longer, and nothing interrupts it. */
public final class Lookup {
    /** The limit where no other was asked for. */
    public static final Duration LIMIT = Duration.ofSeconds(7);

    private Lookup() {}

    /** The look-up failed, although the name may exist: no name server has replied. */
    public static final class OutageException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        OutageException(String host, String reason) {
            super("host '" + Printable.line(host) + "' could not be looked up: " + reason
                    + "; check this host's network and name servers");
        }
    }

    /** Returns all addresses of a host, at least one, in the resolver's order. */
    public static InetAddress[] all(String host, Duration limit) throws UnknownHostException {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return localhost(); // No name server knows these names better (RFC 6761, section 6.3).
        }
        if (host.indexOf(':') >= 0 || isIpv4(host)) {
            return InetAddress.getAllByName(host); // No name server is asked, so no thread is needed.
        }
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(task, "udp look-up");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new OutageException(host, "no reply in " + Printable.duration(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutageException(host, "interrupted");
        } catch (ExecutionException e) {
            if (isOutage(String.valueOf(e.getCause().getMessage()))) {
                throw new OutageException(host, "no name server has replied");
            }
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }

    /** Returns the loopback addresses that this host has, first that of the family that the JVM prefers. */
    private static InetAddress[] localhost() {
        InetAddress preferred = InetAddress.getLoopbackAddress();
        InetAddress other = Addresses.loopback(
                preferred instanceof Inet6Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        if (!isOfThisHost(other)) {
            return new InetAddress[] {preferred};
        }
        return isOfThisHost(preferred) ? new InetAddress[] {preferred, other} : new InetAddress[] {other};
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false; // No descriptor may be left, for example.
        }
    }

    /** Returns whether a host is four numbers up to 255. The JDK asks a name server for 300.1.1.1. */
    private static boolean isIpv4(String host) {
        int parts = 0;
        int number = -1;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c == '.' && number >= 0) {
                parts++;
                number = -1;
            } else if (c >= '0' && c <= '9' && number <= 25) {
                number = Math.max(number, 0) * 10 + c - '0';
            } else {
                return false;
            }
            if (number > 255) {
                return false;
            }
        }
        return parts == 4;
    }

    /** Knows EAI_AGAIN in the words of glibc and of musl, because Java passes on nothing else. */
    private static boolean isOutage(String message) {
        return message.endsWith(": Temporary failure in name resolution") || message.endsWith(": Try again");
    }
}
