package udp.it.kit.run;

import java.time.Duration;

/** The limits of what is checked: megabytes of memory and of output, and the time for the whole check. */
public record CheckLimits(int memory, int output, Duration time) {}
