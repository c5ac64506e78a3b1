package udp.it;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of which package may know which, for the classes of all modules and the contract in udp-api's test jar. */
@AnalyzeClasses(locations = ArchitectureTest.Modules.class, importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {
    static final class Modules implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return Stream.of(
                            "../udp-api/target/classes",
                            "../udp-api/target/test-classes/udp/contract",
                            "../udp-api/target/test-classes/udp/test",
                            "../udp-server/target/classes",
                            "../udp-client/target/classes",
                            "target/classes")
                    .map(folder -> Location.of(Path.of(folder)))
                    .collect(Collectors.toSet());
        }
    }

    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.asURI().getPath().matches(".*Test(\\$.*)?\\.class");
        }
    }

    private static final String MAIN = ".*\\.Main(\\$.*)?";

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("udp.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(simpleName("Main"), alwaysTrue()); // A program begins there, and nothing depends on it.

    @ArchTest
    static final ArchRule THE_API_NAMES_NOTHING_INTERNAL = noClasses()
            .that()
            .resideInAPackage("udp.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("udp.internal..");

    @ArchTest
    static final ArchRule THE_CORES_KNOW_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAnyPackage("udp.server", "udp.client")
            .and()
            .haveNameNotMatching(MAIN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..cli..");

    @ArchTest
    static final ArchRule NOTHING_AROUND_A_CORE_KNOWS_IT = noClasses()
            .that()
            .resideInAnyPackage("udp.server.*..", "udp.client.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("udp.server", "udp.client");

    @ArchTest
    static final ArchRule THE_SERVER_DOES_NOT_KNOW_THE_CLIENT = noClasses()
            .that()
            .resideInAPackage("udp.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("udp.client..");

    @ArchTest
    static final ArchRule THE_CLIENT_DOES_NOT_KNOW_THE_SERVER = noClasses()
            .that()
            .resideInAPackage("udp.client..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("udp.server..");

    @ArchTest
    static final ArchRule ONLY_UDP_IT_KNOWS_UDP_IT = noClasses()
            .that()
            .resideOutsideOfPackage("udp.it..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("udp.it..");

    /** A new output is added here and to HostileTextTest: see that its texts are Printable. */
    @ArchTest
    static final ArchRule FEW_CLASSES_WRITE_WHAT_OTHERS_READ = noClasses()
            .that()
            .resideOutsideOfPackages("udp.contract..", "udp.test..")
            .and()
            .haveNameNotMatching(
                    MAIN + "|.*\\.(Shell|LimitedFile|DiagramCommand|CheckCommand|ReportFolder|BenchReport)"
                            + "|udp\\.it\\.kit\\.(contract\\.FileTransferContract|fates\\.FileOnNetwork|support\\.Preflight)(\\$.*)?") // Input of programs.
            .should()
            .accessTargetWhere(describe(
                    "it writes",
                    access -> access.getTarget()
                            .getFullName()
                            .matches("java\\.lang\\.System\\.(out|err)|java\\.io\\.(FileOutputStream|FileWriter).*"
                                    + "|java\\.nio\\.file\\.Files\\.(write|newBufferedWriter|newOutput|newByte).*")));

    @ArchTest
    static final ArchRule LIMITS_ARE_CALLED_MAX_AND_MIN =
            noFields().should().haveNameMatching("(MOST|LONGEST|LEAST)_.*");

    @ArchTest
    static final ArchRule A_NAME_IS_USED_ONCE = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveNameNotMatching(MAIN)
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .doNotHaveSimpleName("module-info")
            .should(haveUniqueSimpleNames());

    private static ArchCondition<JavaClass> haveUniqueSimpleNames() {
        return new ArchCondition<>("have unique simple names") {
            private Map<String, Long> uses;

            @Override
            public void init(Collection<JavaClass> all) {
                uses = all.stream().collect(groupingBy(JavaClass::getSimpleName, counting()));
            }

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (uses.get(type.getSimpleName()) > 1) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " shares its simple name"));
                }
            }
        };
    }
}
