package udp.it.kit;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import udp.internal.text.Printable;

/** Makes one sentence of whatever ended a test: what was expected, what happened, and the common cause. */
final class Explained implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        if (failure instanceof TestAbortedException aborted) {
            throw aborted;
        }
        String cause = isUnwritten(failure)
                ? "this part is not written yet"
                : context.getRequiredTestMethod().getAnnotation(Checks.class).cause();
        if (failure instanceof AssertionError) {
            throw explained(Printable.failure(failure), cause, failure);
        }
        if (failure instanceof TimeoutException) {
            throw explained("expected an end within the time limit, but it hung", cause, failure);
        }
        String happened = "expected no exception, but there was " + Expect.named(failure) + place(failure);
        throw explained(happened, cause(failure, cause), failure);
    }

    private static AssertionFailedError explained(String happened, String cause, Throwable failure) {
        return new AssertionFailedError(happened + "; common cause: " + cause, failure);
    }

    /** The line to look at: the first one of whoever is checked. */
    private static String place(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> !frame.getClassName().matches("(java|jdk|sun|org\\.junit|udp\\.it\\.kit)\\..*"))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    /** An exception tells more than the test in which it happens to be thrown. */
    private static String cause(Throwable failure, String ofTest) {
        if (failure instanceof BufferOverflowException) {
            return "put the whole array into the buffer instead of the datagram's length";
        } else if (failure instanceof BufferUnderflowException) {
            return "took more from the buffer than remains in it";
        } else if (failure instanceof IndexOutOfBoundsException) {
            return "an array of a fixed size, or a wrong offset into it";
        } else if (failure instanceof UnsupportedOperationException && failure.getMessage() == null) {
            return "array() of a direct or read-only buffer, which has none";
        }
        return ofTest;
    }

    /** The JDK's own exceptions of this kind, as that of a buffer without an array, have no message. */
    private static boolean isUnwritten(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(each -> each instanceof UnsupportedOperationException && each.getMessage() != null);
    }
}
