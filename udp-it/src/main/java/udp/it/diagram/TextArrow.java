package udp.it.diagram;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Lane.Kind;

/**
 * A row of an arrow: its label lies on a line between a head and a tail.
 *
 * @param line what the line is made of
 * @param isLabelLeft whether the label is at the left end of the line
 * @param above the parts of the label that the line has no room for
 */
record TextArrow(String head, String label, String line, String tail, boolean isLabelLeft, String above) {
    static final int EXCERPT = 32;
    private static final long NOTABLE_NANOS = 10_000_000;

    /** What a label tells, by importance: name, words, content, call. All but the name may be empty, the content null. */
    private record Parts(String name, String words, byte[] content, String call) {
        /** Returns the most important parts, in their order, with so many more characters of the content than usual. */
        String text(int count, int more) {
            return join(name, count > 3 ? call : "", count > 1 ? words : "", count > 2 ? contentText(more) : "");
        }

        /** Returns the other parts but the call, which the arrow tells too. */
        String rest(int count) {
            return join(count > 1 ? "" : words, count > 2 ? "" : contentText(0));
        }

        private String contentText(int more) {
            return content == null ? "" : TraceStep.content(content, EXCERPT + more);
        }
    }

    /** Returns the row of a datagram that leaves: a whole arrow or, if other steps come before it arrives, its beginning. */
    static TextArrow departing(Arrow arrow, boolean isWhole, boolean isRightwards, int width) {
        boolean isLost = arrow.fate().isEnd() && isWhole;
        boolean isRelayed = arrow.from().kind() == Kind.NETWORK;
        boolean isAltered =
                isWhole && arrow.fate() == Fate.ALTERED && arrow.to().kind() != Kind.NETWORK;
        String end = isLost ? arrow.words() : "";
        byte[] content = isRelayed && !isAltered ? null : arrow.first().data();
        String words = isWhole && arrow.to().kind() == Kind.CLIENT ? later(arrow) : "";
        if (isAltered) {
            words = arrow.words() + (isRelayed ? "" : " to");
            content = (isRelayed ? arrow.sent() : arrow.received()).data();
        } else if (isRelayed && !isLost && !arrow.fate().isUnharmed()) {
            words = arrow.words();
        }
        Parts parts = new Parts(arrow.name(), words, content, isAltered ? "" : call(arrow, isWhole));
        for (int count = 4; ; count--) {
            String shownEnd = count > 1 ? end : "";
            String head = isRightwards ? "--" : isLost ? join(shownEnd, "X-") : isWhole ? "<-" : " - -";
            String tail = !isRightwards ? "-" : isLost ? join("-X", shownEnd) : isWhole ? "->" : "- - -";
            boolean isLabelLeft = isRightwards || isWhole && !isLost;
            int room = width - TextColumns.width(head + tail);
            String label = fit(parts, count, room);
            if (label != null || count == 1) {
                String above = join(count == 1 ? end : "", parts.rest(count));
                label = label == null ? TextColumns.cut(parts.name(), room) : label;
                return new TextArrow(head, label, "-", tail, isLabelLeft, above);
            }
        }
    }

    /** Returns the row of a datagram that arrives some time after it left. */
    static TextArrow arriving(Arrow arrow, boolean isRightwards, int width) {
        boolean isGuessed = arrow.from().kind() != Kind.NETWORK && arrow.to().kind() != Kind.NETWORK;
        boolean isPlain = !isGuessed && (arrow.fate().isUnharmed() || arrow.to().kind() == Kind.NETWORK);
        String words = isPlain && !arrow.fate().isEnd() ? "" : arrow.words();
        if (isGuessed && arrow.sent() != null) {
            words += String.format(Locale.ROOT, " after %.1f ms", arrow.travelNanos() / 1e6);
        }
        boolean isNews = arrow.sent() == null || isGuessed && arrow.fate() == Fate.ALTERED;
        Parts parts = new Parts(arrow.name(), words, isNews ? arrow.received().data() : null, "");
        String point = arrow.fate().isEnd() ? "X" : isRightwards ? ">" : "<";
        String head = isRightwards ? " - - " : point + "- ";
        String tail = isRightwards ? "-" + point : "";
        int room = width - head.length() - tail.length() - 1;
        for (int count = 3; ; count--) {
            String label = fit(parts, count, room);
            if (label != null || count == 1) {
                label = label == null ? TextColumns.cut(parts.name(), room) : label;
                return new TextArrow(head, label + " ", "- ", tail, true, parts.rest(count));
            }
        }
    }

    /** Returns how long a datagram took if it is worth a word. */
    static String later(Arrow arrow) {
        return !arrow.hasBothEnds() || arrow.travelNanos() < NOTABLE_NANOS
                ? ""
                : String.format(Locale.ROOT, "+%.0f ms", arrow.travelNanos() / 1e6);
    }

    /** Returns the client's call, because no other place tells it; the server's call if the arrow only begins. */
    private static String call(Arrow arrow, boolean isWhole) {
        boolean isReceived = isWhole && arrow.received() != null && arrow.to().kind() == Kind.CLIENT;
        boolean isSent =
                arrow.sent() != null && (arrow.from().kind() == Kind.CLIENT || !isWhole || arrow.received() == null);
        boolean hasRelay = arrow.from().kind() == Kind.NETWORK || arrow.to().kind() == Kind.NETWORK;
        return hasRelay
                ? ""
                : isReceived
                        ? arrow.received().call().toString()
                        : isSent ? arrow.sent().call().toString() : "";
    }

    /** Returns the text of some parts, with as much of the content as there is room for, or null if it does not fit. */
    private static String fit(Parts parts, int count, int room) {
        String text = parts.text(count, 0);
        int more = room - TextColumns.width(text);
        String longer = more > 0 ? parts.text(count, more) : text;
        return more < 0 ? null : TextColumns.width(longer) <= room ? longer : text;
    }

    static String join(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    /** Returns the whole row in a width. */
    String text(int width) {
        String filling = line.repeat(width).substring(0, gap(width));
        return head + (isLabelLeft ? label + filling : filling + label) + tail;
    }

    /** Returns whether a column of a row of a width shows only the line. */
    boolean isLine(int column, int width) {
        int from = TextColumns.width(head + (isLabelLeft ? label : ""));
        return column >= from && column < from + gap(width);
    }

    private int gap(int width) {
        return Math.max(0, width - TextColumns.width(head + label + tail));
    }
}
