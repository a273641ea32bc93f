"""What planning, practising and wrapping up keep."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0004_columns_for_four_code_points'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='hall',
            field=models.CharField(blank=True, help_text='What those in the hall do, for the facilitators.', max_length=1200),
        ),
        migrations.AddField(
            model_name='activity',
            name='online',
            field=models.CharField(blank=True, help_text='What those online do, for the facilitators.', max_length=1200),
        ),
        migrations.AddField(
            model_name='participant',
            name='helps',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('more_time', 'More time'), ('read_aloud', 'That somebody reads aloud'), ('writing', 'Writing instead of talking'), ('captions', 'Captions'), ('break', 'A break now and then')], max_length=20), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='session',
            name='summary',
            field=models.TextField(blank=True, help_text="What happened, in a facilitator's words.", max_length=2000),
        ),
        migrations.AddField(
            model_name='session',
            name='without_screen',
            field=models.CharField(blank=True, help_text='Who cannot use this, and how they take part.', max_length=1200),
        ),
        migrations.AddField(
            model_name='workshop',
            name='practice_ends_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='workshop',
            name='practice_of',
            field=models.ForeignKey(blank=True, help_text='The meeting that is practised here with pretend people. Nobody else sees it; it is thrown away.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='practices', to='sessions_app.session'),
        ),
        migrations.CreateModel(
            name='Reflection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=4000)),
                ('at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reflections', to='sessions_app.session')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reflections', to='sessions_app.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'writer'), name='reflection_once')],
            },
        ),
    ]
