// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.util.List;

/** One thing that is measured. */
interface Benchmark {

  /** Measures it and returns its lines of the table. */
  List<Row> run(Plan plan) throws Exception;
}
