/** Whether the servers of the deployment are as they must be, and what to do. */
package io.riffle.console.doctor;
