package udp.it.diagram;

import java.util.List;
import java.util.Locale;
import udp.it.diagram.Sequence.Moment;

/** The diagram as text, 80 columns wide: the client's lifeline left, the server's right, time downwards. */
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
        text.append(String.format("%9s  %s  %s%n", "ms", Columns.pad("client", MIDDLE), "server"));
        List<Moment> moments = sequence.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            if (moment.datagram() == null) {
                local(moment.step());
            } else if (moment.isDeparture()) {
                boolean straight = i + 1 < moments.size() && isArrivalOf(moment, moments.get(i + 1));
                departure(moment.datagram(), straight);
                i += straight ? 1 : 0;
            } else {
                arrival(moment.datagram());
            }
        }
        return text.append(sequence.summary()).append(System.lineSeparator()).toString();
    }

    private static boolean isArrivalOf(Moment departure, Moment next) {
        return next.datagram() == departure.datagram() && departure.datagram().fate() != Fate.LATE;
    }

    private void local(TraceStep step) {
        String begin = step.failure() != null ? "\u001b[31m" : "";
        boolean left = step.side() == Side.CLIENT;
        boolean first = true;
        for (String line : Columns.wrap(step.summary(), left ? MIDDLE - 2 : RIGHT)) {
            String time = first ? time(step) : "";
            row(time, left ? " " + line : "", left ? "" : line, begin);
            first = false;
        }
    }

    /** Whole if it arrives before anything else happens; else its arrival is drawn when it comes to that. */
    private void departure(Datagram datagram, boolean straight) {
        TraceStep sent = datagram.sent();
        String later = straight ? later(datagram) : "";
        String call = straight && sent.side() == Side.SERVER
                ? "recvfrom()" + later
                : sent.call().toString();
        String label = "#" + datagram.number() + " " + call + " " + sent.content(EXCERPT);
        if (straight && datagram.fate() == Fate.ALTERED) {
            label = "#" + datagram.number() + " altered to "
                    + datagram.received().content(EXCERPT);
        }
        String end = straight ? ">" : datagram.received() == null ? "X " + datagram.fate() : " - -";
        String far = straight ? "recvfrom()" + later : "";
        if (sent.side() == Side.CLIENT) {
            row(time(sent), arrow("-", label, "-", end), far, colour(datagram));
        } else if (straight) {
            row(time(sent), arrow("<", label, "-", ""), "sendto()", colour(datagram));
        } else {
            row(time(sent), leftwards(end, label), "sendto()", colour(datagram));
        }
    }

    private static String later(Datagram datagram) {
        return datagram.travelNanos() < NOTABLE_NANOS
                ? ""
                : String.format(Locale.ROOT, " +%.0f ms", datagram.travelNanos() / 1e6);
    }

    private void arrival(Datagram datagram) {
        TraceStep received = datagram.received();
        String label = "#" + datagram.number() + " " + datagram.fate();
        if (datagram.sent() != null) {
            label += String.format(Locale.ROOT, " after %.1f ms", datagram.travelNanos() / 1e6);
        }
        if (datagram.fate() == Fate.UNKNOWN || datagram.fate() == Fate.ALTERED) {
            label += " " + received.content(EXCERPT);
        }
        if (received.side() == Side.SERVER) {
            row(time(received), dashes(" - - ", label, "->"), "recvfrom()", colour(datagram));
        } else {
            row(time(received), dashes("<- ", label, ""), "", colour(datagram));
        }
    }

    /** A label on a line that goes to the right, or to the left if it begins with an arrow's head. */
    private static String arrow(String begin, String label, String line, String end) {
        String cut = Columns.cut(label, MIDDLE - begin.length() - end.length() - 4);
        String fill = line.repeat(MIDDLE - begin.length() - Columns.width(cut) - end.length() - 2);
        return begin + "-" + cut + fill + "-" + end;
    }

    /** One to the left that does not arrive in this row. */
    private static String leftwards(String end, String label) {
        String head = end.startsWith("X") ? end.substring(2) + " X" : end;
        String cut = Columns.cut(label, MIDDLE - head.length() - 3);
        return head + "-".repeat(MIDDLE - head.length() - Columns.width(cut) - 1) + cut + "-";
    }

    private static String dashes(String begin, String label, String end) {
        String cut = begin + Columns.cut(label, MIDDLE - begin.length() - end.length() - 1) + " ";
        int left = MIDDLE - Columns.width(cut) - end.length();
        return cut + "- ".repeat(MIDDLE).substring(0, left) + end;
    }

    private static String time(TraceStep step) {
        return String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6);
    }

    private void row(String time, String middle, String right, String begin) {
        String end = begin.isEmpty() || !colour ? "" : PLAIN;
        text.append(String.format("%9s  |", time))
                .append(colour ? begin : "")
                .append(Columns.pad(middle, MIDDLE))
                .append(end)
                .append('|');
        if (!right.isEmpty()) {
            text.append(' ').append(right);
        }
        text.append(System.lineSeparator());
    }

    private static String colour(Datagram datagram) {
        return switch (datagram.fate()) {
            case DELIVERED -> datagram.from() == Side.CLIENT ? "\u001b[32m" : "\u001b[36m"; // green, cyan
            case LOST, TOO_LATE -> "\u001b[31m"; // red
            default -> "\u001b[33m"; // yellow
        };
    }
}
