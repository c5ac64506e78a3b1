import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.contract.MessageProcessorContract;

class ProcessorTest extends MessageProcessorContract {
    @Override
    protected MessageProcessor processor() {
        return new Backwards();
    }

    @Override
    protected MessageProcessor expected() {
        return Providers.processor("reverse");
    }
}
