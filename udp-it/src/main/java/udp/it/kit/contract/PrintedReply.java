package udp.it.kit.contract;

import java.util.regex.Pattern;
import udp.contract.KitAssertions;

/** A reply that must be in the output of a client. */
final class PrintedReply {
    private static final Pattern PYTHON_BYTES = Pattern.compile("\\bb['\"].*\\\\x[0-9a-f]{2}");

    /** What no remark has, but a buffer that is longer than the datagram in it. */
    private static final Pattern GARBAGE = Pattern.compile("[\\p{Cc}\ufffd&&[^\r\n\t\u001b]]");

    private PrintedReply() {}

    static boolean hasGarbage(String printed) {
        return GARBAGE.matcher(printed).find();
    }

    static void assertIn(String printed, String reply, String expected, String happened) {
        if (printed.contains(reply)) {
            return;
        }
        AssertionError failure = KitAssertions.failure(expected, happened);
        if (PYTHON_BYTES.matcher(printed).find()) {
            throw KitAssertions.explained(failure, "print() shows bytes as b'...': decode() is missing");
        } else if (printed.contains(reply.strip())) {
            throw KitAssertions.explained(failure, "strip() or trim() of a reply that ends in a blank");
        }
        throw failure;
    }
}
