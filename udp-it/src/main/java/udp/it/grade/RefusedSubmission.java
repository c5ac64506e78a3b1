package udp.it.grade;

/** What keeps a submission from being checked: it has no points. Its message is for teacher and student. */
final class RefusedSubmission extends Exception {
    private static final long serialVersionUID = 1;

    RefusedSubmission(String why) {
        super(why);
    }
}
