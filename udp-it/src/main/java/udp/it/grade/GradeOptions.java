package udp.it.grade;

import java.util.List;

/**
 * What the teacher has chosen for all submissions.
 *
 * @param rights what submissions may do
 * @param compile the command that builds a submission in its folder, or null
 * @param commands the commands of the programs, perhaps none: then they are found by their names
 * @param ofPrograms arguments of a check of programs
 * @param ofChecks arguments of every check
 * @param seconds the limit of a check
 */
record GradeOptions(
        SubmissionRights rights,
        String compile,
        List<String> commands,
        List<String> ofPrograms,
        List<String> ofChecks,
        int seconds) {}
