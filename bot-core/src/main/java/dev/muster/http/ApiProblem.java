// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

/**
 * An answer that something did not work, always {@code {"error": code, "message": sentence}}.
 *
 * @param status HTTP status
 * @param code enumerated
 * @param message a sentence that names the mend
 */
public record ApiProblem(int status, String code, String message) {

  /** What does not exist, and what the caller may not know of. */
  public static final ApiProblem NOT_FOUND =
      new ApiProblem(404, "not_found", "There is nothing here that you can see.");
}
