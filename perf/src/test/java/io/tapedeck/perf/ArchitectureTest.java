package io.tapedeck.perf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shape of the product: which way dependencies point and what a module may touch. */
@AnalyzeClasses(packages = "io.tapedeck", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("codecs")
            .definedBy("io.tapedeck.codecs..")
            .layer("journal")
            .definedBy("io.tapedeck.journal..")
            .layer("engine")
            .definedBy("io.tapedeck.engine..")
            .layer("feed")
            .definedBy("io.tapedeck.feed..")
            .layer("tools")
            .definedBy("io.tapedeck.tools..")
            .layer("perf")
            .definedBy("io.tapedeck.perf..")
            .whereLayer("codecs")
            .mayNotAccessAnyLayer()
            .whereLayer("journal")
            .mayOnlyAccessLayers("codecs")
            .whereLayer("engine")
            .mayOnlyAccessLayers("codecs", "journal")
            .whereLayer("feed")
            .mayOnlyAccessLayers("codecs", "journal", "engine")
            .whereLayer("tools")
            .mayOnlyAccessLayers("codecs", "journal", "engine", "feed");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.tapedeck.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CODECS_DO_NO_IO_AND_START_NO_THREADS = noClasses()
            .that()
            .resideInAPackage("io.tapedeck.codecs..")
            .and()
            // What the SBE tool generates names IOException, for appending to an Appendable.
            .resideOutsideOfPackage("io.tapedeck.codecs.sbe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule ONLY_THE_PIPELINE_KNOWS_THE_RING = noClasses()
            .that()
            .resideOutsideOfPackage("io.tapedeck.engine.pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lmax..");

    @ArchTest
    static final ArchRule ONLY_TOOLS_TALK_TO_A_PERSON = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tapedeck.codecs..", "io.tapedeck.journal..", "io.tapedeck.engine..", "io.tapedeck.feed..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
