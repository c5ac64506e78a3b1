package udp.contract;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;

/** Explains what ended a test in one sentence: what was expected, what happened, and the common cause. */
final class FailureExplainer implements TestExecutionExceptionHandler {
    private static final int MAX_CAUSES = 100; // An exception may be its own cause.

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        if (failure instanceof NotApplicable reason) {
            throw reason;
        }
        String cause = isUnwritten(failure)
                ? "this part is not written yet"
                : context.getRequiredTestMethod().getAnnotation(Verifies.class).cause();
        if (failure instanceof KitAssertions.ExplainedFailure known) {
            throw explained(known.getMessage(), known.knownCause(), failure);
        }
        if (failure instanceof AssertionError) {
            throw explained(KitAssertions.failure(failure), cause, failure);
        }
        if (failure instanceof TimeoutException) {
            throw explained("expected an end within the time limit, but it hung", cause, failure);
        }
        String happened = "expected no exception, but there was " + KitAssertions.named(failure) + place(failure);
        throw explained(happened, cause(failure, cause), failure);
    }

    private static AssertionFailedError explained(String happened, String cause, Throwable failure) {
        return new AssertionFailedError(happened + "; common cause: " + cause, failure);
    }

    /** Returns the line to look at: the first one of the checked code. */
    private static String place(Throwable failure) {
        try {
            return Stream.of(failure.getStackTrace())
                    .filter(frame -> !frame.getClassName()
                            .matches("(java|jdk|sun|org\\.junit|udp\\.contract|udp\\.it\\.kit)\\..*"))
                    .findFirst()
                    .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse("");
        } catch (Throwable unreadable) { // The checked code may override the method.
            return "";
        }
    }

    /** Returns the common cause: the exception tells more than the test in which it was thrown. */
    private static String cause(Throwable failure, String ofTest) {
        if (failure instanceof NoClassDefFoundError || failure instanceof ClassNotFoundException) {
            return "a class that is neither the submission's nor in the JDK or udp.api";
        } else if (failure instanceof BufferOverflowException) {
            return "put the whole array into the buffer instead of the datagram's length";
        } else if (failure instanceof BufferUnderflowException) {
            return "took more from the buffer than remains in it";
        } else if (failure instanceof IndexOutOfBoundsException) {
            return "an array of a fixed size, or a wrong offset into it";
        } else if (failure.getClass() == UnsupportedOperationException.class && failure.getMessage() == null) {
            return "array() of a direct or read-only buffer, which has none";
        }
        return ofTest;
    }

    /** Returns whether the starter code threw: the JDK's exceptions of this kind have no message, which stands in brackets. */
    private static boolean isUnwritten(Throwable failure) {
        try {
            return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                    .limit(MAX_CAUSES)
                    .anyMatch(each -> KitAssertions.named(each).contains("UnsupportedOperationException ("));
        } catch (Throwable unreadable) { // The checked code may override the method.
            return false;
        }
    }
}
