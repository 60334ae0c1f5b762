package dev.tunefleet.local;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.tunefleet.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule kafkaStaysInTheBroker = noClasses()
            .that()
            .resideOutsideOfPackages("..local.broker", "..local.simulation")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka..")
            .because("the command line speaks to the coordinator alone");

    @ArchTest
    static final ArchRule commandLineLibraryStaysInTheVerbs = noClasses()
            .that()
            .resideOutsideOfPackage("..local.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("what is done must not depend on how it is asked for");

    @ArchTest
    static final ArchRule onlyTheScreenPrints = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.tunefleet.local.cli.Screen")
            .should()
            .accessFieldWhere(standardStream())
            .because("a block on a terminal is broken by every other print");

    @ArchTest
    static final ArchRule programsOfTheFleetAreNotLinked = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tunefleet.coordinator..", "dev.tunefleet.worker..")
            .because("they are processes of their own");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.tunefleet.local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("such names say nothing");

    private static DescribedPredicate<JavaFieldAccess> standardStream() {
        return DescribedPredicate.describe(
                "the field is System.out or System.err",
                access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && (access.getTarget().getName().equals("out")
                                || access.getTarget().getName().equals("err")));
    }
}
