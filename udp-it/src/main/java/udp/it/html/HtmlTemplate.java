package udp.it.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import udp.internal.text.Printable;

/** A template of a page, in the language of Mustache. A part such as {@code {{>table.css}}} is a resource of this package. */
public final class HtmlTemplate {
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .withEscaper(HtmlTemplate::escape)
            .emptyStringIsFalse(true)
            .withLoader(HtmlTemplate::part);

    private HtmlTemplate() {}

    /**
     * Fills a template.
     *
     * @param owner a class of the package that has the template among its resources
     * @param name the file name of the template
     * @param values an object whose methods (or, of a map, whose keys) have the names in the template
     * @return a page in which each value is text, never markup
     */
    public static String fill(Class<?> owner, String name, Object values) {
        try (InputStream template = owner.getResourceAsStream(name)) {
            return COMPILER.compile(new InputStreamReader(template, UTF_8)).execute(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader part(String name) {
        return new InputStreamReader(HtmlTemplate.class.getResourceAsStream(name), UTF_8);
    }

    /** Escapes markup, and what XML cannot contain even as references. */
    private static String escape(String text) {
        return Escapers.HTML.escape(Printable.lines(text));
    }
}
