package udp.it.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/** What is to be checked must start; if it does not, no rule would tell more. */
final class Startable {
    private Startable() {}

    static void requireOpens(TransportProvider provider) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            Transport opened = Expect.within("open to return", () -> provider.open(TransportConfig.bind(any)));
            Expect.that(opened != null && provider.role() != null, "a transport and a role", "one of them was null");
            closeOrGoOn(opened);
        } catch (Exception | Error e) {
            throw new UsageException(provider.getClass().getName() + " opens no transport: "
                    + (e instanceof AssertionError ? Printable.failure(e) : Expect.named(e)));
        }
    }

    /** Whether closing returns at all is for rule 3 to tell. */
    private static void closeOrGoOn(Transport opened) throws Exception {
        FutureTask<Void> closing = Expect.inThread(() -> {
            opened.close();
            return null;
        });
        try {
            closing.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // it hangs
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    static void requireStarts(Callable<Subprocess> start) {
        try {
            start.call().close();
        } catch (Exception | AssertionError e) {
            throw new UsageException(Printable.failure(e));
        }
    }

    static void requireFile(String command) {
        if (!command.contains("{file}")) {
            throw new IllegalArgumentException("the command does not say where the file goes: {file}");
        }
    }
}
