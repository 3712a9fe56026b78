package io.veza.migrations.execute.pipeline;

import java.util.List;

/**
 * A sender of the statements that a pipeline has gathered.
 */
@FunctionalInterface
interface PipelineEntrySender {

	/**
	 * Send statements and wait for all answers.
	 * @param entries the statements
	 * @throws PipelineFailedException if one of them failed; nothing after it was done
	 */
	void send(List<PipelineEntry> entries) throws PipelineFailedException;

}
