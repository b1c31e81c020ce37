/**
 * Whether everything that Riffle needs answers, lets it in and is set as it should be, and what to
 * do when it is not. Start at {@link io.riffle.operations.doctor.Doctor}; each {@link
 * io.riffle.operations.doctor.Examination} looks at one part. Nothing is changed by looking.
 */
package io.riffle.operations.doctor;
