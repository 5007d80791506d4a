{{- define "jetwright.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "jetwright.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "jetwright.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "jetwright.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* Of what belongs to no namespace: releases of one name may be in several. */}}
{{- define "jetwright.clusterName" -}}
{{ .Release.Namespace }}:{{ include "jetwright.fullname" . }}
{{- end }}

{{- define "jetwright.lease" -}}
{{ .Values.leaderElection.lease | default (include "jetwright.fullname" .) }}
{{- end }}

{{- define "jetwright.selectorLabels" -}}
app.kubernetes.io/name: {{ include "jetwright.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "jetwright.labels" -}}
{{ include "jetwright.selectorLabels" . }}
{{ include "jetwright.commonLabels" . }}
{{- end }}

{{- /* The relay of dead letters has a name of its own, so that what selects the operator's pods does not select its. */}}
{{- define "jetwright.deadLetters.selectorLabels" -}}
app.kubernetes.io/name: {{ include "jetwright.name" . }}-dead-letters
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "jetwright.deadLetters.labels" -}}
{{ include "jetwright.deadLetters.selectorLabels" . }}
{{ include "jetwright.commonLabels" . }}
{{- end }}

{{- define "jetwright.deadLetters.serviceAccountName" -}}
{{- printf "%s-dead-letters" (include "jetwright.serviceAccountName" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{- define "jetwright.deadLetters.subjects" -}}
- kind: ServiceAccount
  name: {{ include "jetwright.deadLetters.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{- define "jetwright.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: jetwright
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "jetwright.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "jetwright.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name: name the service account to use, or set serviceAccount.create" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "jetwright.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- /* The namespace of the default Connection is watched as well. */}}
{{- define "jetwright.roleNamespaces" -}}
{{- $namespaces := .Values.watchNamespaces }}
{{- with .Values.nats.defaultConnection }}
{{- $namespaces = append $namespaces (splitList "/" . | first) | uniq }}
{{- end }}
{{- toJson $namespaces }}
{{- end }}

{{- define "jetwright.subjects" -}}
- kind: ServiceAccount
  name: {{ include "jetwright.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
