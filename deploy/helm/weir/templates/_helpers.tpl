{{- define "weir.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "weir.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "weir.labels" -}}
{{ include "weir.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "weir.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "weir.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Name of the KafkaUser: its SCRAM user and its Secret have it, too. */}}
{{- define "weir.kafkaUser" -}}
{{- include "weir.fullname" . -}}
{{- end -}}

{{- define "weir.strimziNamespace" -}}
{{- default .Release.Namespace .Values.strimzi.namespace -}}
{{- end -}}

{{/* The variable of a setting: weir.alerts.topic gives WEIR_ALERTS_TOPIC, acks gives WEIR_KAFKA_ACKS. */}}
{{- define "weir.variable" -}}
{{- $name := . | upper | replace "." "_" -}}
{{- if hasPrefix "weir." . -}}{{ $name }}{{- else -}}WEIR_KAFKA_{{ $name }}{{- end -}}
{{- end -}}

{{/* Seconds until SIGKILL: above the processor's own time-out, in milliseconds. */}}
{{- define "weir.gracePeriod" -}}
{{- $own := index .Values.streams.config "weir.shutdown.timeout.ms" | default 30000 | int64 -}}
{{- max (int64 .Values.terminationGracePeriodSeconds) (add 15 (div (add $own 999) 1000)) -}}
{{- end -}}

{{/* The most instances that have work: partitions, shared by the threads of an instance. */}}
{{- define "weir.maxReplicas" -}}
{{- $partitions := int .Values.streams.inputPartitions -}}
{{- $threads := int .Values.streams.threads -}}
{{- div (sub (add $partitions $threads) 1) $threads -}}
{{- end -}}

{{/* Whether incidents or cool-downs are kept. */}}
{{- define "weir.mutes" -}}
{{- $gap := index .Values.streams.config "weir.incident.gap.ms" | default 0 | int64 -}}
{{- $cooldown := index .Values.streams.config "weir.cooldown.ms" | default 0 | int64 -}}
{{- if gt (add $gap $cooldown) 0 -}}true{{- end -}}
{{- end -}}

{{/* exactly_once_v2, by choice or because windows, incidents or cool-downs need it. */}}
{{- define "weir.exactlyOnce" -}}
{{- $given := index .Values.streams.config "processing.guarantee" | default .Values.streams.processingGuarantee -}}
{{- if or (eq $given "exactly_once_v2") .Values.strimzi.user.windows (include "weir.mutes" .) -}}true{{- end -}}
{{- end -}}

{{- define "weir.outputTopics" -}}
{{- $topics := list .Values.streams.outputTopic .Values.streams.errorTopic -}}
{{- if .Values.streams.scoresTopic -}}{{- $topics = append $topics .Values.streams.scoresTopic -}}{{- end -}}
{{- toJson $topics -}}
{{- end -}}

{{/* What no schema can say. */}}
{{- define "weir.check" -}}
{{- $s := .Values.streams -}}
{{- range $key := list "applicationId" "bootstrapServers" "schemaRegistryUrl" -}}
{{- if empty (get $s $key) -}}
{{- fail (printf "streams.%s is required" $key) -}}
{{- end -}}
{{- end -}}
{{- if and (empty $s.inputTopics) (empty $s.inputPattern) -}}
{{- fail "give streams.inputTopics, or streams.inputPattern" -}}
{{- end -}}
{{- if and $s.inputTopics $s.inputPattern -}}
{{- fail "give either streams.inputTopics or streams.inputPattern, not both" -}}
{{- end -}}
{{- if and (empty .Values.model.existingClaim) (empty .Values.model.image.reference) -}}
{{- fail "no model: give model.existingClaim, a volume claim that has it, or model.image.reference, an image that has it" -}}
{{- end -}}
{{- if and .Values.model.existingClaim .Values.model.image.reference -}}
{{- fail "give either model.existingClaim or model.image.reference, not both" -}}
{{- end -}}
{{- $own := dict "application.id" "streams.applicationId" "bootstrap.servers" "streams.bootstrapServers" "weir.schema.registry.url" "streams.schemaRegistryUrl" "weir.input.topics" "streams.inputTopics" "weir.input.pattern" "streams.inputPattern" "weir.alerts.topic" "streams.outputTopic" "weir.scores.topic" "streams.scoresTopic" "weir.dead.letter.topic" "streams.errorTopic" "num.stream.threads" "streams.threads" "processing.guarantee" "streams.processingGuarantee" "group.instance.id" "streams.staticMembership" "state.dir" "persistence" "weir.model.file" "model.file" "weir.http.port" "no value, the port is 8080" "weir.http.host" "no value, pods listen on all" -}}
{{- range $key, $value := $s.config -}}
{{- if hasKey $own $key -}}
{{- fail (printf "streams.config has %s: use %s" $key (get $own $key)) -}}
{{- end -}}
{{- if regexMatch "password|secret|jaas|token$|user\\.info|keystore\\.key$" $key -}}
{{- fail (printf "streams.config has %s, which is secret: put it as %s into the Secret of existingSecret" $key (include "weir.variable" $key)) -}}
{{- end -}}
{{- end -}}
{{- if gt (int $s.inputPartitions) 0 -}}
{{- $max := int (include "weir.maxReplicas" .) -}}
{{- if gt (int .Values.replicaCount) $max -}}
{{- fail (printf "replicaCount = %d, but %d partitions for %d threads each give work to %d instances" (int .Values.replicaCount) (int $s.inputPartitions) (int $s.threads) $max) -}}
{{- end -}}
{{- end -}}
{{- if .Values.autoscaling.keda.enabled -}}
{{- if lt (int $s.inputPartitions) 1 -}}
{{- fail "autoscaling.keda.enabled needs streams.inputPartitions, the partitions of the largest input topic" -}}
{{- end -}}
{{- if empty $s.inputTopics -}}
{{- fail "autoscaling.keda.enabled needs streams.inputTopics: a trigger has the lag of a topic by name" -}}
{{- end -}}
{{- $max := int (include "weir.maxReplicas" .) -}}
{{- if gt (int .Values.autoscaling.keda.maxReplicas) $max -}}
{{- fail (printf "autoscaling.keda.maxReplicas = %d, but %d partitions for %d threads each give work to %d instances" (int .Values.autoscaling.keda.maxReplicas) (int $s.inputPartitions) (int $s.threads) $max) -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.keda.minReplicas) (int (default $max .Values.autoscaling.keda.maxReplicas)) -}}
{{- fail (printf "autoscaling.keda.minReplicas = %d is more than the most instances, %d" (int .Values.autoscaling.keda.minReplicas) (int (default $max .Values.autoscaling.keda.maxReplicas))) -}}
{{- end -}}
{{- end -}}
{{- if and (or .Values.strimzi.topics.enabled .Values.strimzi.user.enabled) (empty .Values.strimzi.cluster) -}}
{{- fail "strimzi.topics and strimzi.user need strimzi.cluster, the name of the Kafka resource" -}}
{{- end -}}
{{- if and .Values.strimzi.topics.enabled (lt (int .Values.strimzi.topics.partitions) 1) (lt (int $s.inputPartitions) 1) -}}
{{- fail "strimzi.topics.enabled needs strimzi.topics.partitions or streams.inputPartitions" -}}
{{- end -}}
{{- if and .Values.strimzi.user.enabled $s.inputPattern -}}
{{- fail "strimzi.user.enabled needs streams.inputTopics: ACLs know names and prefixes, not regular expressions" -}}
{{- end -}}
{{- end -}}
