/** What a reconciliation came to, in the words of the Kubernetes API: reasons and conditions. */
@NullMarked
package io.jetwright.status;

import org.jspecify.annotations.NullMarked;
