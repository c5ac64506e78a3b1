package udp.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a {@link Rule}. */
@Test
@ExtendWith(FailureExplainer.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Verifies {
    /** Returns the rule that is broken if the test fails. */
    Rule value();

    /** Returns the most common reason for a failure, a clause that follows "common cause:". */
    String cause();
}
