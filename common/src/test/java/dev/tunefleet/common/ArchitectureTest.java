package dev.tunefleet.common;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.tunefleet.common", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule spaceSpecAndTrialArePure = classes()
            .that()
            .resideInAnyPackage("..common.space", "..common.spec", "..common.trial", "..common.topic")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..common.space", "..common.spec", "..common.trial", "..common.topic")
            .because("what users write and what crosses the wire must not change with a library");

    @ArchTest
    static final ArchRule jacksonStaysInWire = noClasses()
            .that()
            .resideOutsideOfPackage("..common.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..")
            .because("how records are written is decided in one place");

    @ArchTest
    static final ArchRule kafkaStaysInThePrograms = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..")
            .because("each program has its own way of reading and writing topics");

    @ArchTest
    static final ArchRule yamlStaysInStudyFile = noClasses()
            .that()
            .resideOutsideOfPackage("..common.studyfile")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..")
            .because("only the study file is YAML");

    @ArchTest
    static final ArchRule s3StaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage("..common.blob")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("the port hides where blobs lie");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.tunefleet.common.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("such names say nothing");
}
