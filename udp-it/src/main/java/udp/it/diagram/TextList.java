package udp.it.diagram;

import java.util.List;
import java.util.Locale;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Lane.Kind;
import udp.it.diagram.Sequence.Moment;

/** The diagram where there is no room for lanes: a sentence for each moment, broken into lines. */
final class TextList {
    private TextList() {}

    /** Returns the sentences, in so many columns, which the times share. */
    static String of(Sequence sequence, int width, int timeWidth) {
        StringBuilder text = new StringBuilder(" ".repeat(timeWidth - 2) + "ms" + System.lineSeparator());
        List<Moment> moments = sequence.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            Arrow arrow = moment.arrow();
            boolean isStraight = moment.isDeparture()
                    && i + 1 < moments.size()
                    && moments.get(i + 1).arrow() == arrow;
            String sentence = arrow == null
                    ? moment.lane() + ": " + moment.step().summary()
                    : moment.isDeparture() || arrow.sent() == null
                            ? departure(arrow, isStraight || !arrow.hasBothEnds())
                            : arrival(arrow);
            String time = TextDiagram.time(moment.step());
            for (String line : TextColumns.wrap(sentence, width - timeWidth - 2)) {
                text.append(String.format(Locale.ROOT, "%" + timeWidth + "s  %s%n", time, line));
                time = "";
            }
            i += isStraight ? 1 : 0;
        }
        return text + TextDiagram.summary(sequence, width);
    }

    private static String departure(Arrow arrow, boolean isWhole) {
        String way = end(arrow, arrow.from()) + " -> " + end(arrow, arrow.to()) + ":";
        String fate = !isWhole ? "leaves" : arrow.fate().isUnharmed() ? "" : arrow.words();
        boolean isRelayed = arrow.from().kind() == Kind.NETWORK;
        boolean isAltered = arrow.fate() == Fate.ALTERED && arrow.to().kind() != Kind.NETWORK;
        String content = isRelayed && !isAltered
                ? ""
                : ", " + TraceStep.content(arrow.first().data(), TextArrow.EXCERPT);
        String arrived = isAltered && !isRelayed
                ? " as " + TraceStep.content(arrow.received().data(), TextArrow.EXCERPT)
                : "";
        return TextArrow.join(way, arrow.name(), fate, isWhole ? TextArrow.later(arrow) : "") + content + arrived;
    }

    private static String arrival(Arrow arrow) {
        String after = String.format(Locale.ROOT, " after %.1f ms", arrow.travelNanos() / 1e6);
        return arrow.to() + " <- " + arrow.from() + ": " + arrow.name() + " " + arrow.words() + after;
    }

    /** Returns a lane, with the address of the client or the server if no trace has told it. */
    private static String end(Arrow arrow, Lane lane) {
        return lane.isTraced() ? lane.title() : lane + " " + arrow.first().peer();
    }
}
