package udp.client.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import udp.internal.cli.Shell;
import udp.internal.text.Printable;

/** Says to the user what has happened and what to do. */
public final class Advice {
    private Advice() {}

    /** Returns a failure in words, with what the user can do. */
    static String of(IOException failure) {
        return Printable.failure(failure) + todo(failure);
    }

    private static String todo(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "; check host, port and firewall, or wait longer";
        }
        if (failure instanceof PortUnreachableException) {
            return "; start the server there, or check host and port";
        }
        if (failure instanceof NoRouteToHostException) {
            return "; check the address and this host's network";
        }
        return failure instanceof BindException ? "; choose another" : "";
    }

    /** Returns why a request is sent again, and how long that try waits. */
    public static String beforeRetry(ClientOptions options, boolean refused, int number, Duration wait) {
        return (refused
                        ? "nothing listens on " + options.name() + " (connection refused)"
                        : "no reply from " + options.name())
                + " yet; try " + number + " of " + options.tries() + ", waiting " + Printable.duration(wait);
    }

    /** Prints a line on standard error. */
    public static void tell(Shell shell, String text) {
        shell.err().println("udp-client: " + Printable.line(text));
        shell.err().flush();
    }
}
