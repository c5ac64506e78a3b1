package udp.it.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a {@link Rule}. */
@Test
@ExtendWith(Explained.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Checks {
    /**
     * The rule.
     *
     * @return the one that is broken if the test fails
     */
    Rule value();

    /**
     * What mostly is the reason for a failure.
     *
     * @return a clause that follows "common cause:"
     */
    String cause();
}
