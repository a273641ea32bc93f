"""The speaking queue, signals without names, and what hosts tell each other and the group."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0006_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='mirror_shown_at',
            field=models.DateTimeField(blank=True, help_text='When the group was shown how its voices were shared out, without names.', null=True),
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=1200)),
                ('sent_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.participant')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='sessions_app.session')),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='sessions_app.participant')),
            ],
            options={
                'ordering': ['sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SignalKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=32)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='signal_key', to='sessions_app.session')),
            ],
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('lead', 'leads'), ('online', 'looks after online')], max_length=12)),
                ('since', models.DateTimeField()),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.participant')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='sessions_app.session')),
            ],
            options={
                'verbose_name_plural': 'duties',
                'constraints': [models.UniqueConstraint(fields=('session', 'task'), name='duty_once')],
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=8000)),
                ('at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='private_notes', to='sessions_app.session')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='private_notes', to='sessions_app.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'writer'), name='private_note_once')],
            },
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cant_follow', 'I can’t follow'), ('slow_down', 'Slow down, please'), ('break', 'A break, please'), ('more_time', 'More time, please')], max_length=12)),
                ('online', models.BooleanField()),
                ('token', models.CharField(max_length=64)),
                ('raised_at', models.DateTimeField()),
                ('lowered_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signals', to='sessions_app.session')),
            ],
            options={
                'ordering': ['raised_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lowered_at__isnull', True)), fields=('session', 'kind', 'token'), name='signal_once')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('via', models.CharField(choices=[('room', 'in the room'), ('thread', 'between the meetings'), ('email', 'by e-mail'), ('scribe', 'written down by the scribe'), ('tablet', 'on the shared tablet'), ('paper', 'on paper')], max_length=12)),
                ('place', models.CharField(choices=[('hall', 'in the hall'), ('remote', 'online'), ('phone', 'by phone'), ('afterwards', 'afterwards')], max_length=12)),
                ('is_reply', models.BooleanField(default=False, help_text='Answers what is being said, rather than something new.')),
                ('note', models.CharField(blank=True, help_text='What somebody else is asked to raise for them.', max_length=800)),
                ('seconds', models.PositiveSmallIntegerField(default=90)),
                ('asked_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='sessions_app.participant')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.participant')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='sessions_app.session')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('session', 'participant'), name='turn_once_in_line'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('given_at__isnull', False), ('withdrawn_at__isnull', True)), fields=('session',), name='turn_one_speaks')],
            },
        ),
    ]
