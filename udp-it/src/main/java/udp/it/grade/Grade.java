package udp.it.grade;

import java.util.List;

/**
 * The result of a submission, as it is kept in its folder.
 *
 * @param fingerprint of the submission that was checked
 * @param pages the reports, relative to the folder of the class
 */
record Grade(
        String student,
        String fingerprint,
        int score,
        int of,
        int must,
        int mustOf,
        int should,
        int shouldOf,
        String remark,
        List<String> pages) {

    String points() {
        return score + " of " + of;
    }

    String duties() {
        return must + " of " + mustOf;
    }

    String bonus() {
        return should + " of " + shouldOf;
    }
}
