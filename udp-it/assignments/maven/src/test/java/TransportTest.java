import udp.api.spi.TransportProvider;
import udp.contract.TransportContract;

class TransportTest extends TransportContract {
    @Override
    protected TransportProvider provider() {
        return new MySocket(); // for the second part: new MyChannel()
    }
}
