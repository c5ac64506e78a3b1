package udp.server.processor;

import org.junit.jupiter.api.Nested;
import udp.api.MessageProcessor;
import udp.contract.MessageProcessorContract;

/** The rules, for each processor. */
class ProcessorRulesTest {
    @Nested
    class Upper extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return new UpperProcessor();
        }
    }

    @Nested
    class Echo extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return new EchoProcessor();
        }
    }

    @Nested
    class Discard extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return new DiscardProcessor();
        }
    }

    @Nested
    class Reverse extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return new ReverseProcessor();
        }
    }

    @Nested
    class Time extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return new TimeProcessor();
        }
    }
}
