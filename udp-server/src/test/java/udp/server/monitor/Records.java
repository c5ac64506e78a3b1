package udp.server.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A log handler that keeps the reports of the server, so that they are not printed. */
public final class Records extends Handler {
    private final Logger logger = Logger.getLogger("udp.server");
    private final boolean parents = logger.getUseParentHandlers();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public static Records attach() {
        Records records = new Records();
        records.logger.setUseParentHandlers(false);
        records.logger.addHandler(records);
        return records;
    }

    public List<String> messages() {
        return records.stream().map(new SimpleFormatter()::formatMessage).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(parents);
    }
}
