package udp.it.kit.run;

import java.net.URL;
import java.net.URLClassLoader;

/** The classes of a submission: they see themselves, the JDK and the api, and neither the kit nor the two programs. */
public final class CheckedClasses extends ClassLoader {
    private CheckedClasses() {
        super(ClassLoader.getPlatformClassLoader());
    }

    /** Returns the loader of a class path. */
    public static URLClassLoader of(URL... classPath) {
        return new URLClassLoader(classPath, new CheckedClasses());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith("udp.api.")) {
            return CheckedClasses.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name + " (what is checked has its own classes, the JDK and udp.api)");
    }
}
