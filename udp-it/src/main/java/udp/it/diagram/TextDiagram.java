package udp.it.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import udp.internal.trace.Call;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Lane.Kind;
import udp.it.diagram.Sequence.Moment;

/** The diagram as text: the lanes are from left to right, and time goes down. Without room for lanes it is a list. */
final class TextDiagram {
    private static final int MIN_GAP = 16;
    private static final int GOOD_GAP = 26;
    private static final int MIN_RIGHT = 16;
    private static final int MAX_RIGHT = 24;
    private static final int MIN_TIME = 9;
    private static final String PLAIN = "\u001b[0m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String CYAN = "\u001b[36m";

    /** A text in the cells of a row between two columns. */
    private record Beside(String content, int from, int to, boolean isAtRight) {
        List<String> lines() {
            return content.isEmpty() ? List.of() : TextColumns.wrap(content, to - from);
        }

        void put(TextRow row, String line) {
            row.put(isAtRight ? to - TextColumns.width(line) : from, line);
        }
    }

    private final Sequence sequence;
    private final boolean colour;
    private final int width;
    private final int timeWidth;
    private final int[] columns; // of the lanes, from left to right
    private final Map<Lane, Integer> places = new HashMap<>();
    private final Map<Lane, Endpoint> shown = new HashMap<>(); // the address that a lane without steps has now
    private final StringBuilder text = new StringBuilder();

    private TextDiagram(Sequence sequence, int width, boolean colour) {
        this.sequence = sequence;
        this.width = width;
        this.colour = colour;
        timeWidth = sequence.moments().stream()
                .mapToInt(moment -> time(moment.step()).length())
                .reduce(MIN_TIME, Math::max);
        List<Lane> lanes = sequence.lanes();
        columns = new int[lanes.size()];
        int left = timeWidth + 2;
        int gaps = lanes.size() - 1;
        int right = Math.max(MIN_RIGHT, Math.min(MAX_RIGHT, width - left - lanes.size() - GOOD_GAP * gaps));
        int room = width - left - lanes.size() - (lanes.get(gaps).isTraced() ? right + 1 : 0);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = left + i + i * room / gaps;
            places.put(lanes.get(i), i);
        }
    }

    /** Returns the diagram in so many columns. */
    static String of(Sequence sequence, int width, boolean colour) {
        TextDiagram diagram = new TextDiagram(sequence, width, colour);
        boolean hasRoom = diagram.columns[1] - diagram.columns[0] > MIN_GAP;
        return hasRoom ? diagram.draw() : TextList.of(sequence, width, diagram.timeWidth);
    }

    /** Returns the lines of the summary. */
    static String summary(Sequence sequence, int width) {
        return String.join(System.lineSeparator(), TextColumns.wrap(sequence.summary(), width))
                + System.lineSeparator();
    }

    /** Returns the time of a step, in milliseconds. */
    static String time(TraceStep step) {
        return String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6);
    }

    private String draw() {
        TextRow titles = new TextRow(width).put(timeWidth - 2, "ms");
        for (Lane lane : sequence.lanes()) {
            int column = column(lane) + (lane.kind() == Kind.SERVER ? 1 : 0);
            titles.put(Math.min(column, width - lane.title().length()), lane.title());
        }
        emit(titles, "");
        List<Moment> moments = sequence.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            Arrow arrow = moment.arrow();
            if (arrow == null) {
                drawStep(moment);
                continue;
            }
            showAddress(arrow);
            boolean isRightwards = column(arrow.from()) < column(arrow.to());
            int length = Math.abs(column(arrow.from()) - column(arrow.to())) - 1;
            String time = time(moment.step());
            if (arrow.fate() == Fate.UNKNOWN || arrow.hasBothEnds() && !moment.isDeparture()) {
                draw(arrow, TextArrow.arriving(arrow, isRightwards, length), time, besideArrival(arrow, ""));
                continue;
            }
            boolean isStraight = i + 1 < moments.size() && moments.get(i + 1).arrow() == arrow;
            boolean isWhole = isStraight || !arrow.hasBothEnds();
            List<Beside> beside = new ArrayList<>();
            if (arrow.from().kind() == Kind.SERVER && arrow.sent() != null) {
                beside.add(right(Call.SENDTO.toString()));
            }
            if (isWhole && arrow.received() != null) {
                beside.addAll(besideArrival(arrow, TextArrow.later(arrow)));
            }
            draw(arrow, TextArrow.departing(arrow, isWhole, isRightwards, length), time, beside);
            i += isStraight ? 1 : 0;
        }
        return text + summary(sequence, width);
    }

    private void drawStep(Moment moment) {
        drawBeside(
                time(moment.step()),
                beside(moment.lane(), moment.step().summary(), columns.length),
                moment.step().hasFailed() ? RED : "");
    }

    /** Writes the address that a lane without steps has from now on. */
    private void showAddress(Arrow arrow) {
        Lane lane = arrow.from().isTraced() ? arrow.to() : arrow.from();
        Endpoint address = arrow.first().peer();
        if (!lane.isTraced() && !address.equals(shown.put(lane, address))) {
            drawBeside("", beside(lane, address.toString(), columns.length), "");
        }
    }

    /** Returns what the receiver's lane says: the server's call, or what the network is about to do. */
    private List<Beside> besideArrival(Arrow arrow, String later) {
        if (arrow.to().kind() == Kind.SERVER) {
            return List.of(right(TextArrow.join(Call.RECVFROM.toString(), later)));
        }
        boolean hasNews = arrow.to().kind() == Kind.NETWORK
                && !arrow.fate().isUnharmed()
                && !arrow.fate().isEnd();
        return hasNews ? List.of(beside(arrow.to(), arrow.words(), places.get(arrow.from()))) : List.of();
    }

    private Beside right(String content) {
        return new Beside(content, columns[columns.length - 1] + 2, width, false);
    }

    /** Returns a text beside a lane: on its right if there is room and no arrow to the given place, otherwise left. */
    private Beside beside(Lane lane, String content, int busy) {
        int place = places.get(lane);
        boolean isLast = place == columns.length - 1;
        if (isLast && lane.isTraced()) {
            return right(content);
        }
        return isLast || busy > place && busy < columns.length
                ? new Beside(content, columns[place - 1] + 1, columns[place] - 1, true)
                : new Beside(content, columns[place] + 2, columns[place + 1], false);
    }

    private void drawBeside(String time, Beside beside, String begin) {
        String shownTime = time;
        for (String line : beside.lines()) {
            TextRow row = row(shownTime);
            beside.put(row, line);
            emit(row.ink(beside.from(), beside.to()), begin);
            shownTime = "";
        }
    }

    private void draw(Arrow arrow, TextArrow drawn, String time, List<Beside> besides) {
        int from = Math.min(column(arrow.from()), column(arrow.to())) + 1;
        int to = Math.max(column(arrow.from()), column(arrow.to()));
        String shownTime = time;
        for (String line : new Beside(drawn.above(), from + 1, to - 1, false).lines()) {
            emit(row(shownTime).put(from + 1, line).ink(from, to), colour(arrow));
            shownTime = "";
        }
        TextRow row = row(shownTime).put(from, drawn.text(to - from)).ink(from, to);
        for (int column : columns) {
            if (drawn.isLine(column - from, to - from)) {
                row.put(column, "|"); // An arrow goes past a lane.
            }
        }
        int lines = besides.stream().mapToInt(each -> each.lines().size()).reduce(1, Math::max);
        for (int i = 0; i < lines; i++) {
            TextRow next = i == 0 ? row : row("");
            for (Beside each : besides) {
                if (i < each.lines().size()) {
                    each.put(next, each.lines().get(i));
                }
            }
            emit(next, i == 0 ? colour(arrow) : "");
        }
    }

    private TextRow row(String time) {
        TextRow row = new TextRow(width).put(timeWidth - time.length(), time);
        for (int column : columns) {
            row.put(column, "|");
        }
        return row;
    }

    private void emit(TextRow row, String begin) {
        text.append(row.toString(colour ? begin : "", PLAIN)).append(System.lineSeparator());
    }

    private int column(Lane lane) {
        return columns[places.get(lane)];
    }

    private static String colour(Arrow arrow) {
        if (arrow.fate().isEnd()) {
            return RED;
        }
        boolean isRequest = arrow.from().kind() == Kind.CLIENT || arrow.to().kind() == Kind.SERVER;
        return !arrow.fate().isUnharmed() ? YELLOW : isRequest ? GREEN : CYAN;
    }
}
