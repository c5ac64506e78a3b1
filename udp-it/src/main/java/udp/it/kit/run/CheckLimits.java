package udp.it.kit.run;

import java.time.Duration;

/**
 * The limits of what is checked: megabytes of memory for a process, megabytes of output, the time for the whole check, and
 * the user whose rights it has, or null.
 */
public record CheckLimits(int memory, int output, Duration time, String user) {}
