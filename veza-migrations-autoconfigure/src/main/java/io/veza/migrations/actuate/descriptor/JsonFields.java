package io.veza.migrations.actuate.descriptor;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a descriptor as they stand in JSON, whoever writes it: in the order of
 * the record, without those that are {@code null}.
 *
 * @since 0.1.0
 */
public final class JsonFields {

	private JsonFields() {
	}

	/**
	 * Return the fields of a descriptor.
	 * @param descriptor a record, of texts, numbers, records, and lists and maps of these
	 * @return the values by name
	 */
	public static Map<String, Object> of(Object descriptor) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (RecordComponent component : descriptor.getClass().getRecordComponents()) {
			Object value = value(component, descriptor);
			if (value != null) {
				fields.put(component.getName(), json(value));
			}
		}
		return fields;
	}

	private static Object json(Object value) {
		if (value instanceof Record descriptor) {
			return of(descriptor);
		}
		return (value instanceof Collection<?> values) ? values.stream().map(JsonFields::json).toList() : value;
	}

	private static @Nullable Object value(RecordComponent component, Object descriptor) {
		try {
			return component.getAccessor().invoke(descriptor);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("\"" + component + "\" cannot be read.", ex);
		}
	}

}
