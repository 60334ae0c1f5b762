/**
 * Study files: YAML that a user writes, read as a checked study, and a study written back as YAML.
 *
 * <p>Owns the names, the grammar and the defaults of the file, and that a mistake names its line, field, value and rule. The
 * only package that sees SnakeYAML. Knows nothing of data files, brokers or how a study is run.
 */
package dev.tunefleet.common.studyfile;
