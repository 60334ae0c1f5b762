package dev.tunefleet.coordinator;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

import jakarta.inject.Inject;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import dev.tunefleet.coordinator.study.Study;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.tunefleet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "..coordinator.gp..",
        "..coordinator.search..",
        "..coordinator.schedule..",
        "..coordinator.advice..",
        "..coordinator.study..",
    };

    private static final String[] WORDS = {"java..", "..common.space", "..common.spec", "..common.trial"};

    @ArchTest
    static final ArchRule theGaussianProcessIsMathsOnly = classes()
            .that()
            .resideInAPackage("..coordinator.gp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk.incubator..", "org.ejml..", "..coordinator.gp..")
            .because("a model of numbers is tested with numbers");

    @ArchTest
    static final ArchRule theSearchKnowsSpacesAndTheGaussianProcess = classes()
            .that()
            .resideInAPackage("..coordinator.search..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(WORDS, "org.ejml..", "..coordinator.gp..", "..coordinator.search.."))
            .because("a suggestion is a function of the view and the seed alone");

    @ArchTest
    static final ArchRule theStudyKnowsSchedulesAndAdvice = classes()
            .that()
            .resideInAPackage("..coordinator.study..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    with(WORDS, "..coordinator.schedule..", "..coordinator.advice..", "..coordinator.study.."))
            .because("a study is a fold of its facts, wherever it runs");

    @ArchTest
    static final ArchRule searchAndStudyNeverSeeEachOther = noClasses()
            .that()
            .resideInAPackage("..coordinator.search..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..coordinator.study..")
            .because("they meet in stream, so that either can be changed without the other");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.tunefleet.coordinator.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package that needs another must not be needed by it");

    @ArchTest
    static final ArchRule kafkaStaysInStream = noClasses()
            .that()
            .resideInAPackage("..coordinator..")
            .and()
            .resideOutsideOfPackage("..coordinator.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("what is read, written and committed together is decided in one place");

    @ArchTest
    static final ArchRule metersStayInMetrics = noClasses()
            .that()
            .resideInAPackage("..coordinator..")
            .and()
            .resideOutsideOfPackage("..coordinator.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("dashboards and alerts repeat the names");

    @ArchTest
    static final ArchRule purePackagesKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "com.fasterxml..")
            .because("they are tested by calling them");

    @ArchTest
    static final ArchRule purePackagesAskNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("time comes in with records and ticks");

    @ArchTest
    static final ArchRule purePackagesDrawNothingUnseeded = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("the same facts must give the same study, and the same view the same suggestion");

    @ArchTest
    static final ArchRule theReadModelDecidesNothing = noClasses()
            .that()
            .resideInAPackage("..coordinator.view..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.simpleName("Decision"))
            .because("it folds what was decided");

    @ArchTest
    static final ArchRule restNeverTouchesAStudy = noClasses()
            .that()
            .resideInAPackage("..coordinator.api..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.type(Study.class))
            .because("clients see views, and ask by commands");

    @ArchTest
    static final ArchRule coordinatorAndWorkerNeverSeeEachOther = noClasses()
            .that()
            .resideInAPackage("..coordinator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..tunefleet.worker..")
            .because("they meet in common");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields().should().beAnnotatedWith(Inject.class).because("a constructor says what a class needs");

    @ArchTest
    static final ArchRule nothingIsPrinted = noClasses()
            .that()
            .resideOutsideOfPackages("..coordinator.asktell..", "..common..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("a program in a container logs; only one that talks over its streams prints");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("such names say nothing");

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }
}
