package udp.it.diagram;

import java.util.List;
import java.util.Locale;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Sequence.Moment;

/** The diagram as text of 80 columns: the client is on the left, the server on the right, and time goes down. */
final class TextDiagram {
    private static final int MIDDLE = 42;
    private static final int RIGHT = 24;
    private static final int EXCERPT = 32;
    private static final long NOTABLE_NANOS = 10_000_000;
    private static final String PLAIN = "\u001b[0m";

    private final boolean colour;
    private final StringBuilder text = new StringBuilder();

    private TextDiagram(boolean colour) {
        this.colour = colour;
    }

    static String of(Sequence sequence, boolean colour) {
        return new TextDiagram(colour).draw(sequence);
    }

    private String draw(Sequence sequence) {
        text.append(String.format(Locale.ROOT, "%9s  %s  %s%n", "ms", TextColumns.pad("client", MIDDLE), "server"));
        List<Moment> moments = sequence.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            if (moment.arrow() == null) {
                drawLocal(moment.step());
            } else if (moment.isDeparture()) {
                boolean straight = i + 1 < moments.size() && isArrivalOf(moment, moments.get(i + 1));
                drawDeparture(moment.arrow(), straight);
                i += straight ? 1 : 0;
            } else {
                drawArrival(moment.arrow());
            }
        }
        return text.append(sequence.summary()).append(System.lineSeparator()).toString();
    }

    private static boolean isArrivalOf(Moment departure, Moment next) {
        return next.arrow() == departure.arrow() && departure.arrow().fate() != Fate.LATE;
    }

    private void drawLocal(TraceStep step) {
        String begin = step.hasFailed() ? "\u001b[31m" : "";
        boolean left = step.kind() == Lane.Kind.CLIENT;
        boolean first = true;
        for (String line : TextColumns.wrap(step.summary(), left ? MIDDLE - 2 : RIGHT)) {
            String time = first ? time(step) : "";
            row(time, left ? " " + line : "", left ? "" : line, begin);
            first = false;
        }
    }

    /** Draws a whole arrow if the datagram arrives before anything else happens, otherwise only its begin. */
    private void drawDeparture(Arrow datagram, boolean straight) {
        TraceStep sent = datagram.sent();
        String later = straight ? later(datagram) : "";
        String call = straight && datagram.from().kind() == Lane.Kind.SERVER
                ? "recvfrom()" + later
                : sent.call().toString();
        String label = datagram.name() + " " + call + " " + sent.content(EXCERPT);
        if (straight && datagram.fate() == Fate.ALTERED) {
            label = datagram.name() + " altered to " + datagram.received().content(EXCERPT);
        }
        String end = straight ? ">" : datagram.received() == null ? "X " + datagram.fate() : " - -";
        String far = straight ? "recvfrom()" + later : "";
        if (datagram.from().kind() == Lane.Kind.CLIENT) {
            row(time(sent), arrow("-", label, "-", end), far, colour(datagram));
        } else if (straight) {
            row(time(sent), arrow("<", label, "-", ""), "sendto()", colour(datagram));
        } else {
            row(time(sent), leftwards(end, label), "sendto()", colour(datagram));
        }
    }

    private static String later(Arrow datagram) {
        return datagram.travelNanos() < NOTABLE_NANOS
                ? ""
                : String.format(Locale.ROOT, " +%.0f ms", datagram.travelNanos() / 1e6);
    }

    private void drawArrival(Arrow datagram) {
        TraceStep received = datagram.received();
        String label = datagram.name() + " " + datagram.fate();
        if (datagram.sent() != null) {
            label += String.format(Locale.ROOT, " after %.1f ms", datagram.travelNanos() / 1e6);
        }
        if (datagram.sent() == null || datagram.fate() == Fate.ALTERED) {
            label += " " + received.content(EXCERPT);
        }
        if (datagram.to().kind() == Lane.Kind.SERVER) {
            row(time(received), dashes(" - - ", label, "->"), "recvfrom()", colour(datagram));
        } else {
            row(time(received), dashes("<- ", label, ""), "", colour(datagram));
        }
    }

    /** Returns a label on a line to the right. The line goes to the left if it begins with an arrow head. */
    private static String arrow(String begin, String label, String line, String end) {
        String cut = TextColumns.cut(label, MIDDLE - begin.length() - end.length() - 4);
        String fill = line.repeat(MIDDLE - begin.length() - TextColumns.width(cut) - end.length() - 2);
        return begin + "-" + cut + fill + "-" + end;
    }

    /** Returns a label on a line to the left that does not end in this row. */
    private static String leftwards(String end, String label) {
        String head = end.startsWith("X") ? end.substring(2) + " X" : end;
        String cut = TextColumns.cut(label, MIDDLE - head.length() - 3);
        return head + "-".repeat(MIDDLE - head.length() - TextColumns.width(cut) - 1) + cut + "-";
    }

    private static String dashes(String begin, String label, String end) {
        String cut = begin + TextColumns.cut(label, MIDDLE - begin.length() - end.length() - 1) + " ";
        int left = MIDDLE - TextColumns.width(cut) - end.length();
        return cut + "- ".repeat(MIDDLE).substring(0, left) + end;
    }

    private static String time(TraceStep step) {
        return String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6);
    }

    private void row(String time, String middle, String right, String begin) {
        String end = begin.isEmpty() || !colour ? "" : PLAIN;
        text.append(String.format(Locale.ROOT, "%9s  |", time))
                .append(colour ? begin : "")
                .append(TextColumns.pad(middle, MIDDLE))
                .append(end)
                .append('|');
        if (!right.isEmpty()) {
            text.append(' ').append(right);
        }
        text.append(System.lineSeparator());
    }

    private static String colour(Arrow datagram) {
        return switch (datagram.fate()) {
            case DELIVERED -> datagram.from().kind() == Lane.Kind.CLIENT ? "\u001b[32m" : "\u001b[36m"; // green, cyan
            case LOST, TOO_LATE -> "\u001b[31m"; // red
            default -> "\u001b[33m"; // yellow
        };
    }
}
