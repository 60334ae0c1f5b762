package dev.tunefleet.worker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.tunefleet.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theKernelKnowsArraysAndMathsOnly = classes()
            .that()
            .resideInAPackage("..worker.lstm..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "jdk.incubator.vector..", "..worker.lstm..", "org.nd4j..", "org.deeplearning4j..")
            .because("the fastest code must be the easiest to test");

    @ArchTest
    static final ArchRule dataKnowsNoNetworkNoBrokerAndNoFramework = classes()
            .that()
            .resideInAPackage("..worker.data..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..common.spec..", "..common.space..", "..common.trial..", "..worker.data..")
            .because("what keeps the future out of the past must be testable with arrays alone");

    @ArchTest
    static final ArchRule kafkaStaysInIntakeAndReports = noClasses()
            .that()
            .resideOutsideOfPackages("..worker.intake..", "..worker.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..")
            .because("training must not know where assignments come from or where events go");

    @ArchTest
    static final ArchRule deepLearningStaysInTrainAndLstm = noClasses()
            .that()
            .resideOutsideOfPackages("..worker.train..", "..worker.lstm..", "..worker.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..")
            .because("native code is loaded and bound in one place");

    @ArchTest
    static final ArchRule metersStayInMetrics = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("the names of meters are an interface and are found in one place");

    @ArchTest
    static final ArchRule trainingKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage("..worker.data..", "..worker.lstm..", "..worker.train..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "..worker.intake..", "..worker.reports..", "..worker.config..")
            .because("a training can be run from a plain program");

    @ArchTest
    static final ArchRule theWorkerNeverSeesTheCoordinator = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tunefleet.coordinator..")
            .because("they share messages only");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.tunefleet.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule fieldsAreNotInjected = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .because("what an object needs stands in its constructor");

    @ArchTest
    static final ArchRule onlyProgramsPrint = noClasses()
            .that()
            .resideOutsideOfPackages("..worker.check..", "..worker.predict..", "..worker.bench..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("a worker speaks through its log and its events");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("such names say nothing");
}
