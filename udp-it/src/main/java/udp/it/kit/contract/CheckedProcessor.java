package udp.it.kit.contract;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.api.MessageProcessor;
import udp.contract.MessageProcessorContract;
import udp.it.kit.support.SubjectResolver;

/** The contract for a processor that the kit's program was told. */
@ExtendWith(SubjectResolver.class)
public final class CheckedProcessor extends MessageProcessorContract {
    private final Input input;

    /** The processors to check, and another whose replies are right, or null. */
    public record Input(Supplier<MessageProcessor> processors, MessageProcessor expected) {}

    CheckedProcessor(Input input) {
        this.input = input;
    }

    @Override
    protected MessageProcessor processor() {
        return input.processors.get();
    }

    @Override
    protected MessageProcessor expected() {
        return input.expected;
    }
}
