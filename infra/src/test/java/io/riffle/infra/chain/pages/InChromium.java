package io.riffle.infra.chain.pages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests of pages: before there is a stack, whether there is a browser. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("full")
@Tag("pages")
@EnabledIf(
    value = "io.riffle.testing.Browser#isInstalled",
    disabledReason = "needs Debian's package chromium")
@interface InChromium {}
